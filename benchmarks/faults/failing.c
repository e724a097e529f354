/* Stands before the C library: the n-th write or sync of a file whose name holds a mark fails.
   Without a reason it does not fail but lies: it says that all is well and does nothing.
   Built and loaded by benchmarks/faults/writes.py; nothing of the product needs it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1;   /* calls until the one that fails; below 0: none fails */
static long counted = 0; /* calls so far */
static int reason = 0;   /* errno of the failing call and of all that follow; 0: they lie */
static char mark[256] = "";

void allegata_fail(const char *name, long after, int error) {
    strncpy(mark, name, sizeof mark - 1);
    left = after;
    reason = error;
    counted = 0;
}

long allegata_counted(void) { return counted; }

enum { WORKS, FAILS, LIES };

static int fate(int file) {
    char link[64], path[4096];
    if (!mark[0])
        return WORKS;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return WORKS;
    path[size] = 0;
    if (!strstr(path, mark))
        return WORKS;
    counted++;
    if (left < 0 || counted <= left)
        return WORKS;
    errno = reason;
    return reason ? FAILS : LIES;
}

#define AT_FAULT(failed, lied)                              \
    switch (fate(file)) {                                   \
        case FAILS: return failed;                          \
        case LIES: return lied;                             \
    }

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef int (*sync_t)(int);
typedef int (*truncate_t)(int, off_t);
typedef int (*allocate_t)(int, off_t, off_t);
typedef ssize_t (*write_t)(int, const void *, size_t);

ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL("pwrite", pwrite_t);
    AT_FAULT(-1, size);
    return real(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off_t at) {
    REAL("pwrite64", pwrite_t);
    AT_FAULT(-1, size);
    return real(file, data, size, at);
}

ssize_t write(int file, const void *data, size_t size) {
    REAL("write", write_t);
    AT_FAULT(-1, size);
    return real(file, data, size);
}

int fsync(int file) {
    REAL("fsync", sync_t);
    AT_FAULT(-1, 0);
    return real(file);
}

int fdatasync(int file) {
    REAL("fdatasync", sync_t);
    AT_FAULT(-1, 0);
    return real(file);
}

int ftruncate(int file, off_t size) {
    REAL("ftruncate", truncate_t);
    AT_FAULT(-1, 0);
    return real(file, size);
}

int ftruncate64(int file, off_t size) {
    REAL("ftruncate64", truncate_t);
    AT_FAULT(-1, 0);
    return real(file, size);
}

int posix_fallocate(int file, off_t at, off_t size) {
    REAL("posix_fallocate", allocate_t);
    AT_FAULT(reason, 0);
    return real(file, at, size);
}

int posix_fallocate64(int file, off_t at, off_t size) {
    REAL("posix_fallocate64", allocate_t);
    AT_FAULT(reason, 0);
    return real(file, at, size);
}

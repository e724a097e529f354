// A slider along the days of publication, beside the field that takes any day.

const slider = document.getElementById("as-of-slider");
const field = document.getElementById("as-of");

function dayOf(steps) {
  const day = new Date(`${slider.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(steps));
  return day.toISOString().slice(0, 10);
}

if (slider) {
  slider.addEventListener("input", () => {
    field.value = slider.value === slider.max ? "" : dayOf(slider.value);
    slider.setAttribute("aria-valuetext", field.value || "all that is known now");
  });
  slider.addEventListener("change", () => slider.form.requestSubmit());
}

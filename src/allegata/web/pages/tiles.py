"""Pictures of a map of the user's own."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from allegata.web.basemaps import PICTURES
from allegata.web.pages.common import shelf_of

router = APIRouter()


@router.get(
    "/tiles/{zoom}/{x}/{y}",
    response_class=Response,
    responses={200: {"content": {name: {} for name in PICTURES.values()}}},
)
def show_tile(request: Request, zoom: int, x: int, y: int) -> Response:
    """A picture of the map file; nothing else of it is ever sent."""
    basemap = shelf_of(request).basemap
    data = basemap.tile(zoom, x, y) if basemap and basemap.media_type else None
    if basemap is None or data is None:
        raise HTTPException(404)
    headers = {"cache-control": "private, max-age=3600"}
    return Response(data, media_type=basemap.media_type, headers=headers)

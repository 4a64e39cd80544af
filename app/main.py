"""The application: routes, errors and files, put together."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.middleware.gzip import GZipMiddleware

from app import __version__, errors
from app.guard import Guard
from app.routes import analyses, api, export, pages
from app.settings import ASSETS, Settings
from app.work import Workers

DESCRIPTION = """\
Send a program of scalar arithmetic; get its computation graph, every value, every gradient and
every step of the forward and backward pass. Numbers that JSON cannot carry are the strings `"NaN"`,
`"Infinity"` and `"-Infinity"`. Every error has the shape
`{"error": {"code", "message", "line", "column", "start", "end", "hint"}}`.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application. Nothing is shared between two of them."""
    settings = settings or Settings()
    app = FastAPI(
        title="Chainrule",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.workers = Workers(settings.threads, settings.waiting)
    app.state.templates = Jinja2Templates(ASSETS / "templates")
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    app.add_middleware(Guard, limit=settings.body)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"],
    )
    errors.install(app)
    app.include_router(api.router)
    app.include_router(analyses.router)
    app.include_router(export.router)
    app.include_router(api.health)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=ASSETS / "static"), name="static")
    return app

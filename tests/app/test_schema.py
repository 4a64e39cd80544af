"""Schemathesis against the API's own OpenAPI description: no answer outside of it, no 500."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    allow_header_conformance,
    positive_data_acceptance,
    unsupported_method,
)

from app.main import create_app
from app.settings import Settings

schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings()))


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_api_keeps_to_its_description(case):
    # Whether a program is accepted is not for a schema to say; and for a wrong method the
    # framework names the methods of one route, where two share a path.
    unsaid = [positive_data_acceptance, unsupported_method, allow_header_conformance]
    case.call_and_validate(excluded_checks=unsaid)

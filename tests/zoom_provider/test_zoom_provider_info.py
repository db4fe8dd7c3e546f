"""What Airflow itself learns of Zoom: the installed provider, its connection type and its form."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
from airflow.api_fastapi.core_api.services.ui.connections import HookMetaService
from airflow.providers_manager import ProvidersManager
from airflow.sdk.providers_manager_runtime import ProvidersManagerTaskRuntime

from zoom_provider import get_provider_info
from zoom_provider.hooks.zoom import ZoomHook


def test_the_description_follows_airflows_schema():
    schema = json.loads(files("airflow").joinpath("provider_info.schema.json").read_text())
    jsonschema.validate(get_provider_info(), schema)


def test_the_installed_distribution_is_a_provider():
    installed = ProvidersManager().providers["airflow-provider-zoom"]
    assert installed.version == get_provider_info()["versions"][0]


def test_tasks_find_the_hook_by_its_connection_type():
    found = ProvidersManagerTaskRuntime().hooks["zoom"]
    assert (found.hook_name, found.connection_type) == (ZoomHook.hook_name, ZoomHook.conn_type)
    assert found.hook_class_name == f"{ZoomHook.__module__}.{ZoomHook.__name__}"
    assert found.connection_testable


def test_the_form_speaks_zooms_language():
    (form,) = (one for one in HookMetaService.hook_meta_data() if one.connection_type == "zoom")
    standard = form.standard_fields
    assert standard.login.title == "Client ID"
    assert standard.password.title == "Client secret"
    assert standard.url_schema.hidden
    fields = {"account_id", "heavy_per_second", "machines", "token_url", "auth", "webhook_secret"}
    assert fields == set(form.extra_fields)

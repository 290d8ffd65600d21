"""Catalogs, schemas, tables, volumes and grants through the published clients; prints one line a step."""

import asyncio
import sys

from unitycatalog.client import (
    ApiClient,
    CatalogsApi,
    Configuration,
    CreateCatalog,
    CreateModelVersion,
    CreateRegisteredModel,
    CreateSchema,
    CreateTable,
    CreateVolumeRequestContent,
    ColumnInfo,
    GrantsApi,
    ModelVersionsApi,
    PermissionsChange,
    RegisteredModelsApi,
    SchemasApi,
    SecurableType,
    TablesApi,
    UpdateCatalog,
    UpdatePermissions,
    UpdateRegisteredModel,
    VolumesApi,
)
from unitycatalog.client.exceptions import ApiException

url, key, person = sys.argv[1:4]


async def open_client():
    configuration = Configuration(host=f"{url}/api/2.1/unity-catalog")
    client = ApiClient(configuration)
    client.default_headers["Authorization"] = f"Bearer {key}"
    catalogs, schemas, tables = CatalogsApi(client), SchemasApi(client), TablesApi(client)
    volumes, grants = VolumesApi(client), GrantsApi(client)
    made = await catalogs.create_catalog(CreateCatalog(name="oss", comment="first"))
    assert made.name == "oss" and made.created_at > 1_600_000_000_000, made
    changed = await catalogs.update_catalog("oss", UpdateCatalog(comment="second"))
    assert changed.comment == "second", changed
    listed = await catalogs.list_catalogs(max_results=1)
    assert len(listed.catalogs) == 1 and listed.next_page_token, listed
    await schemas.create_schema(CreateSchema(name="desk", catalog_name="oss"))
    columns = [ColumnInfo(name="id", type_name="LONG", type_text="bigint", type_json='"long"', position=0)]
    await tables.create_table(
        CreateTable(
            name="rows",
            catalog_name="oss",
            schema_name="desk",
            table_type="EXTERNAL",
            data_source_format="DELTA",
            columns=columns,
            storage_location="file:///tmp/rows",
        )
    )
    table = await tables.get_table("oss.desk.rows")
    assert table.columns[0].name == "id" and table.table_id, table
    assert [t.name for t in (await tables.list_tables("oss", "desk")).tables] == ["rows"]
    await volumes.create_volume(
        CreateVolumeRequestContent(
            catalog_name="oss", schema_name="desk", name="files", volume_type="EXTERNAL", storage_location="file:///tmp/f"
        )
    )
    assert (await volumes.get_volume("oss.desk.files")).full_name == "oss.desk.files"
    models, versions = RegisteredModelsApi(client), ModelVersionsApi(client)
    named = {"catalog_name": "oss", "schema_name": "desk"}
    model = await models.create_registered_model(CreateRegisteredModel(name="triage", comment="first", **named))
    assert model.full_name == "oss.desk.triage", model
    changed = await models.update_registered_model("oss.desk.triage", UpdateRegisteredModel(comment="second"))
    assert changed.comment == "second", changed
    version = await versions.create_model_version(
        CreateModelVersion(model_name="triage", source="pebble-2m", **named)
    )
    assert version.version == 1 and version.status == "READY", version
    listed = await versions.list_model_versions("oss.desk.triage")
    assert [v.version for v in listed.model_versions] == [1], listed
    await versions.delete_model_version("oss.desk.triage", 1)
    await models.delete_registered_model("oss.desk.triage")
    change = PermissionsChange(principal=person, add=["USE CATALOG"], remove=[])
    await grants.update(SecurableType.CATALOG, "oss", UpdatePermissions(changes=[change]))
    given = await grants.get(SecurableType.CATALOG, "oss")
    assert [(a.principal, [p.value for p in a.privileges]) for a in given.privilege_assignments] == [
        (person, ["USE CATALOG"])
    ], given
    try:
        await catalogs.create_catalog(CreateCatalog(name="oss"))
        raise AssertionError("a second catalog of the same name")
    except ApiException as error:
        assert error.status == 409, error
    await tables.delete_table("oss.desk.rows")
    await catalogs.delete_catalog("oss", force=True)
    try:
        await catalogs.get_catalog("oss")
        raise AssertionError("a catalog that was deleted")
    except ApiException as error:
        assert error.status == 404, error
    await client.close()
    print("unitycatalog-client: ok")


def databricks():
    from databricks.sdk import WorkspaceClient
    from databricks.sdk.errors import AlreadyExists, NotFound
    from databricks.sdk.service.catalog import (
        FunctionArgument,
        MatchColumn,
        PermissionsChange,
        PolicyInfo,
        PolicyType,
        Privilege,
        RowFilterOptions,
        SecurableType,
    )

    client = WorkspaceClient(host=url, token=key)
    assert client.catalogs.create(name="dbx", comment="first").name == "dbx"
    assert client.catalogs.update("dbx", comment="second").comment == "second"
    assert "dbx" in [catalog.name for catalog in client.catalogs.list()]
    assert client.schemas.create(name="desk", catalog_name="dbx").full_name == "dbx.desk"
    assert [schema.name for schema in client.schemas.list("dbx")] == ["desk"]
    change = PermissionsChange(principal=person, add=[Privilege.USE_CATALOG, Privilege.USE_SCHEMA])
    client.grants.update("catalog", "dbx", changes=[change])
    (given,) = client.grants.get("catalog", "dbx").privilege_assignments
    assert given.principal == person and set(given.privileges) == {Privilege.USE_CATALOG, Privilege.USE_SCHEMA}
    (inherited,) = client.grants.get_effective("schema", "dbx.desk").privilege_assignments
    assert inherited.privileges[0].privilege == Privilege.USE_SCHEMA, inherited
    assert inherited.privileges[0].inherited_from_name == "dbx", inherited
    function = {
        "catalog_name": "dbx",
        "schema_name": "desk",
        "name": "in_region",
        "input_params": {"parameters": [{"name": "region", "type_name": "STRING", "position": 0}]},
        "data_type": "BOOLEAN",
        "full_data_type": "BOOLEAN",
        "routine_body": "SQL",
        "routine_definition": "region = 'EU'",
        "parameter_style": "S",
        "is_deterministic": True,
        "sql_data_access": "CONTAINS_SQL",
        "is_null_call": False,
        "security_type": "DEFINER",
        "specific_name": "in_region",
    }
    client.api_client.do("POST", "/api/2.1/unity-catalog/functions", body={"function_info": function})
    policy = PolicyInfo(
        name="own_region",
        on_securable_type=SecurableType.CATALOG,
        on_securable_fullname="dbx",
        for_securable_type=SecurableType.TABLE,
        policy_type=PolicyType.POLICY_TYPE_ROW_FILTER,
        to_principals=["all_users"],
        except_principals=[person],
        match_columns=[MatchColumn(alias="region", condition="has_tag('geo')")],
        row_filter=RowFilterOptions(function_name="dbx.desk.in_region", using=[FunctionArgument(alias="region")]),
    )
    assert client.policies.create_policy(policy).id
    assert [p.name for p in client.policies.list_policies("SCHEMA", "dbx.desk", include_inherited=True)] == ["own_region"]
    assert list(client.policies.list_policies("SCHEMA", "dbx.desk")) == []
    policy.except_principals = None
    changed = client.policies.update_policy("CATALOG", "dbx", "own_region", policy, update_mask="except_principals")
    assert changed.except_principals is None and changed.to_principals == ["all_users"], changed
    assert client.policies.get_policy("CATALOG", "dbx", "own_region").row_filter.using[0].alias == "region"
    client.policies.delete_policy("CATALOG", "dbx", "own_region")
    try:
        client.catalogs.create(name="dbx")
        raise AssertionError("a second catalog of the same name")
    except AlreadyExists:
        pass
    client.catalogs.delete("dbx", force=True)
    try:
        client.catalogs.get("dbx")
        raise AssertionError("a catalog that was deleted")
    except NotFound:
        pass
    print("databricks-sdk: ok")


asyncio.run(open_client())
databricks()

"""The policies that tables of owned rows carry, and the migration operations that set them."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model

POLICY = "owners_only"
SHARED = "shared_with_members"

# The inner SELECT is computed once for a statement, so that an index on the owner is used.
# After a transaction the setting is '' and not NULL; either way no row passes.
_OPEN = "(SELECT nullif(current_setting('app.scope', true), ''))"
_WITHIN = f"owner_id = ANY (string_to_array({_OPEN}, ',')::bigint[])"
_CENTRES = (
    "SELECT parent_id FROM tenancy_organisation"  # noqa: S608 - nothing of it comes from outside
    f" WHERE id = ANY (string_to_array({_OPEN}, ',')::bigint[])"
)


class OwnersOnly(Operation):
    """Let PostgreSQL show and take rows of this table only within the open scope; SQLite has no such thing.

    Belongs into the migration that creates a model derived from `Owned`. FORCE binds the table's owner too.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(
            schema_editor,
            to_state.apps.get_model(app_label, self.model_name),
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {POLICY} ON {{table}} USING ({_WITHIN}) WITH CHECK ({_WITHIN})",
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(
            schema_editor,
            from_state.apps.get_model(app_label, self.model_name),
            f"DROP POLICY {POLICY} ON {{table}}",
            "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        return f"Rows of {self.model_name} for their owners only"


class SharedWithMembers(OwnersOnly):
    """Let PostgreSQL show rows that are shared also to members of their owner; writing them stays with the owner.

    Belongs into the migration that creates a model derived from `Shareable`, beside `OwnersOnly`.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(
            schema_editor,
            to_state.apps.get_model(app_label, self.model_name),
            f"CREATE POLICY {SHARED} ON {{table}} FOR SELECT USING (is_shared AND owner_id IN ({_CENTRES}))",
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(
            schema_editor,
            from_state.apps.get_model(app_label, self.model_name),
            f"DROP POLICY {SHARED} ON {{table}}",
        )

    def describe(self) -> str:
        return f"Shared rows of {self.model_name} for members to read"


def _run(schema_editor: BaseDatabaseSchemaEditor, model: type[Model], *statements: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name(model._meta.db_table)
        for statement in statements:
            schema_editor.execute(statement.format(table=table))

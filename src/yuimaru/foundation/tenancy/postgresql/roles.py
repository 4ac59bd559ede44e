"""Which database roles the product works with: it refuses one that the policies do not bind."""

from __future__ import annotations

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from yuimaru.foundation.tenancy.postgresql.policies import POLICY, SHARED


class Unconfined(Exception):
    """On this connection row-level security would not hold; the message says why in both languages."""


def require_confined(connection: BaseDatabaseWrapper) -> None:
    """Refuse to work on a connection that could see past the policies. SQLite has none to see past.

    :raises Unconfined: see `require_bound_role` and `require_policies`.
    """
    require_bound_role(connection)
    require_policies(connection)


def require_bound_role(connection: BaseDatabaseWrapper) -> None:
    """Refuse a superuser, a role with BYPASSRLS, and one that may turn into such a role."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, array_agg(rolname::text) FROM pg_roles"
            " WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')"
        )
        user, unbound = cursor.fetchone()
    if unbound:
        raise Unconfined(
            f"データベースの役割「{user}」は行の保護を受けません（superuserまたはBYPASSRLS: {'、'.join(unbound)}）。"
            "どちらも持たない役割を YUIMARU_DATABASE に指定してください。 / "
            f"The database role {user} is not bound by row-level security (superuser or BYPASSRLS: "
            f"{', '.join(unbound)}). Name a role without either in YUIMARU_DATABASE."
        )


def require_policies(connection: BaseDatabaseWrapper) -> None:
    """Refuse a database in which a table of owned rows is not under its policies, and under those alone.

    Without FORCE the owner of a table would see all of it, so that is asked of whoever connects.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text, ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid)"
            " FROM pg_class WHERE pg_table_is_visible(oid) AND relrowsecurity AND relforcerowsecurity"
        )
        confined = {table: set(policies) for table, policies in cursor.fetchall()}
    expected = {table: {POLICY} for table in owned_tables()} | {
        table: {POLICY, SHARED} for table in shareable_tables()
    }
    if bare := sorted(table for table, policies in expected.items() if confined.get(table) != policies):
        raise Unconfined(
            f"次の表に行の保護がありません: {'、'.join(bare)}。"
            "復元のときに失われていないか確かめ、保護ごと復元しなおしてください。 / "
            f"These tables lack row-level security: {', '.join(bare)}. Check whether a restore "
            "has lost it, and restore again with it."
        )


def owned_tables() -> set[str]:
    """The tables of all models whose rows have an owner; Django must be ready."""
    from yuimaru.foundation.tenancy.models import Owned

    return {model._meta.db_table for model in apps.get_models() if issubclass(model, Owned)}


def shareable_tables() -> set[str]:
    """Those of them whose rows can be shared with members; Django must be ready."""
    from yuimaru.foundation.tenancy.sharing import Shareable

    return {model._meta.db_table for model in apps.get_models() if issubclass(model, Shareable)}


def grant(owner: BaseDatabaseWrapper, serving: BaseDatabaseWrapper) -> None:
    """Let the serving role work on the rows of every table; the shape of the tables stays with their owner."""
    with serving.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = serving.ops.quote_name(cursor.fetchone()[0])
    with owner.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = owner.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")

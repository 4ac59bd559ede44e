"""An app that only the next version has; its second migration can be made to kill the upgrade half-way."""

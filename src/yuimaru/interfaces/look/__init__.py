"""What every interface looks like: base pages, components, fields, icons, styles, shared translations."""

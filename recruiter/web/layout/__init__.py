"""What surrounds every page: navigation, tabs, breadcrumbs, shortcuts, stylesheets."""

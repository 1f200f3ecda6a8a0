//! The only HTTP: the router with every route and its roles, handlers, templates, locales.

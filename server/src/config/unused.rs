//! Variables that the original had, or that a later version reads: set, they get one warning that says
//! what takes their place.

/// A variable without a use, and what to do instead.
pub const UNUSED: [(&str, &str); 7] = [
    ("CELERY_BROKER_URL", "the queue lives in the database; `stock-tracker work` is the worker"),
    ("CELERY_RESULT_BACKEND", "results live in the database"),
    ("REDIS_URL", "not needed: the cache is in the process and the queue in the database"),
    ("SENTRY_DSN", "errors are in the log, with a request id; collect it from there"),
    ("OZON_BASE_URL", "this version reads Wildberries only"),
    ("API_WORKERS", "one process uses all cores; run several behind a proxy on PostgreSQL"),
    ("DATABASE_POOL_SIZE", "use DATABASE_CONNECTIONS"),
];

/// Those of them that are set.
pub fn set_in_vain() -> impl Iterator<Item = (&'static str, &'static str)> {
    UNUSED
        .into_iter()
        .filter(|(name, _)| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

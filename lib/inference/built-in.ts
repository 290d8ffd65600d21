/** Chat models that come with the application, served under `/models/<name>/` and so also to the browser. */
export const builtInModels: readonly string[] = ["cobble-6m", "pebble-2m"];

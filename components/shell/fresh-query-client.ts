import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient } from "@tanstack/react-query";

/**
 * A query client whose invalidation also holds for what is being read for the first time.
 *
 * The library lets a first read finish and takes its answer as fresh, although it may be of the time
 * before the change: a list opened in the moment of a deletion would stay without it.
 */
export class FreshQueryClient extends QueryClient {
  override async invalidateQueries(
    filters?: InvalidateQueryFilters,
    options?: InvalidateOptions,
  ): Promise<void> {
    const firstReads = this.getQueryCache()
      .findAll({ ...filters, type: "active" })
      .filter(({ state }) => state.data === undefined && state.fetchStatus === "fetching");
    if (firstReads.length > 0)
      await this.cancelQueries({ ...filters, predicate: (query) => firstReads.includes(query) });
    return super.invalidateQueries(filters, options);
  }
}

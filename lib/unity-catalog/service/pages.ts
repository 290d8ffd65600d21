import "server-only";
import { AppError } from "@/lib/core";

const most = 1_000;
/** The catalogue gives no more at once. */
const largest = 500;

interface PageQuery {
  max_results?: number;
  page_token?: string;
}

/** A page as the catalogue is asked for it; 0 results and none named both mean as many as there are at once. */
export function readPage({ max_results = 0, page_token }: PageQuery): { limit: number; cursor?: string } {
  const limit = Math.min(max_results === 0 ? most : max_results, largest);
  if (!page_token) return { limit };
  const cursor = Buffer.from(page_token, "base64url").toString("utf8");
  if (Buffer.from(cursor, "utf8").toString("base64url") !== page_token) {
    throw new AppError("invalid", "page_token: This is no token of ours.");
  }
  return { limit, cursor };
}

/** The token is left out with the last page. */
export function nextPage(cursor: string | null): { next_page_token?: string } {
  return cursor === null ? {} : { next_page_token: Buffer.from(cursor, "utf8").toString("base64url") };
}

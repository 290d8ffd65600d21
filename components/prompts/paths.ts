export interface PromptView {
  /** Versions where none is named. */
  tab?: "versions" | "edit" | "usage" | "permissions" | undefined;
  /** The version that is shown: the right side of a diff. */
  version?: number | undefined;
  /** The version it is held against: the left side of a diff. */
  against?: number | undefined;
}

/** The page of a prompt by its full name, at a view of it. */
export function promptPath(fullName: string, { tab, version, against }: PromptView = {}): string {
  const query = new URLSearchParams();
  if (tab && tab !== "versions") query.set("tab", tab);
  if (version !== undefined) query.set("version", String(version));
  if (against !== undefined) query.set("against", String(against));
  const path = `/prompts/${encodeURIComponent(fullName)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Requests to move aliases, at the dialog of one. */
export const requestsPath = (id?: string) =>
  id === undefined ? "/prompts/requests" : `/prompts/requests?request=${encodeURIComponent(id)}`;

/** The dialog that makes a prompt in a schema. */
export const newPromptPath = (schema: string) => `/prompts?${new URLSearchParams({ schema })}&new`;

/** The page of a model by its name, at a view of it. */
export const modelPath = (name: string, view = "") =>
  `/registry/${encodeURIComponent(name)}${view && `?${view}`}`;

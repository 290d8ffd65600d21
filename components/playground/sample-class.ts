/** The list of sample tasks and one of its tiles, in the page and while it opens. */
export const samplesClass = "grid flex-1 grid-cols-2 gap-2 max-sm:grid-cols-1";
export const sampleClass =
  "grid min-h-13 content-start rounded-2 border border-line-strong px-2.75 py-1.75 text-left";

/** The prompt above the columns, and what stands beside it: in the page and while it opens. */
export const promptClass =
  "grid flex-none border-b max-sm:hidden md:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)] md:has-[>:only-child]:grid-cols-1";
export const besidePromptClass =
  "flex flex-col gap-2 border-l px-4 pt-2 pb-3 max-md:border-t max-md:border-l-0";
export const besidePromptHeadClass = "flex min-h-6.5 items-center";

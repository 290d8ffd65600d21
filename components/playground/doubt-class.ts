/**
 * A token by how sure the model was of it, from nearly certain to a guess: one colour in five strengths,
 * and a line that says the same without it.
 */
export const doubtClass = [
  "",
  "bg-warn-solid/8",
  "bg-warn-solid/16 underline decoration-warn-solid decoration-dotted",
  "bg-warn-solid/26 underline decoration-warn-solid decoration-dashed",
  "bg-warn-solid/36 underline decoration-warn-solid decoration-double",
] as const;

export const doubtSteps = ["90 % and more", "70 %", "40 %", "15 %", "less"] as const;

export { type Detail, TesseraError } from "./error";
export type { Content, Message, Placeholders, Rendered, Source, Value, Values, Variable } from "./prompt";
export { Prompt } from "./prompt";
export { type Choice, Tessera, type TesseraOptions } from "./tessera";

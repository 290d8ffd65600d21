import "server-only";

export { fetchPrompt, renderFetched } from "./service/fetch";
export { createPrompt, getPrompt } from "./service/prompts";

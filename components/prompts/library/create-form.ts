import { z } from "zod";
import { bounds, type PromptContentInput, promptCreation, promptName } from "@/lib/prompts";

const text = z.string().max(bounds.text, `Use ${bounds.text.toLocaleString("en")} characters or fewer.`);

/** A new prompt as it is filled in: the fields of both types are kept while one changes one's mind. */
export const createForm = z
  .object({
    schema: promptCreation.shape.schema.min(1, "Choose a schema."),
    name: promptName,
    type: z.enum(["chat", "text"]),
    text,
    system: text,
    user: text,
    comment: z.string().max(2000, "Use 2,000 characters or fewer."),
  })
  .superRefine((values, check) => {
    if (values.type === "text" && values.text.trim() === "") {
      check.addIssue({ code: "custom", path: ["text"], message: "Write the first text." });
    }
    if (values.type === "chat" && `${values.system}${values.user}`.trim() === "") {
      check.addIssue({ code: "custom", path: ["user"], message: "Write at least one message." });
    }
  });
type CreateValues = z.output<typeof createForm>;

/** The first version: messages that are left blank are left out. */
export function contentOf({ type, text, system, user }: CreateValues): PromptContentInput {
  if (type === "text") return { type, text };
  const messages = [
    { role: "system" as const, text: system },
    { role: "user" as const, text: user },
  ];
  return { type, messages: messages.filter((message) => message.text.trim() !== "") };
}

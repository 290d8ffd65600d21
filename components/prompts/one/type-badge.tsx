"use client";
import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { type PromptDetail, variablesOf } from "@/lib/prompts";
import { versionQuery } from "@/lib/prompts/client";
import { counted } from "./figures";

/** "chat, 3 variables", of the last version. */
export function TypeBadge({ prompt: { fullName, type, lastNumber, may } }: { prompt: PromptDetail }) {
  const last = useQuery({ ...versionQuery(fullName, lastNumber), enabled: may.execute && lastNumber > 0 });
  const variables = last.data && variablesOf(last.data.content).length;
  return <Badge>{variables === undefined ? type : `${type}, ${counted(variables, "variable")}`}</Badge>;
}

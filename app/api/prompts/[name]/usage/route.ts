import { readQuery, withActor } from "@/lib/auth/server";
import { usageFilter } from "@/lib/prompts";
import { getUsage } from "@/lib/prompts/server";

export const GET = withActor<{ name: string }>((request, ctx, { name }) =>
  getUsage(ctx, name, readQuery(request, usageFilter)),
);

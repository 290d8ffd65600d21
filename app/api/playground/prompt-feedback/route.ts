import { readQuery, withActor } from "@/lib/auth/server";
import { feedbackFilter } from "@/lib/playground";
import { getPromptFeedback } from "@/lib/playground/server";

export const GET = withActor((request, ctx) => getPromptFeedback(ctx, readQuery(request, feedbackFilter)));

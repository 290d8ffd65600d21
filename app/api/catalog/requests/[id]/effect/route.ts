import { withActor } from "@/lib/auth/server";
import { previewDecision } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => previewDecision(ctx, id));

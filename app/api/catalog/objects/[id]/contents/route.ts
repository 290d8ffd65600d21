import { withActor } from "@/lib/auth/server";
import { getDropPreview } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((_, ctx, { id }) => getDropPreview(ctx, id));

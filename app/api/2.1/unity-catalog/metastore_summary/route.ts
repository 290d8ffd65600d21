import { withActor } from "@/lib/auth/server";
import { toUnityError } from "@/lib/unity-catalog";
import { getMetastoreSummary } from "@/lib/unity-catalog/server";

export const GET = withActor((_, ctx) => getMetastoreSummary(ctx), toUnityError);

import { withActor } from "@/lib/auth/server";
import { loadModel } from "@/lib/models/server";

type Params = { name: string };

export const POST = withActor<Params>((_, ctx, { name }) => loadModel(ctx, name));

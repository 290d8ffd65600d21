import { withActor } from "@/lib/auth/server";
import { deleteModel } from "@/lib/models/server";

type Params = { name: string };

export const DELETE = withActor<Params>((_, ctx, { name }) => deleteModel(ctx, name));

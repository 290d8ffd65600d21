import { withActor } from "@/lib/auth/server";
import { findDependents } from "@/lib/registry/server";

type Path = { id: string; number: string };

export const GET = withActor<Path>((_, ctx, { id, number }) => findDependents(ctx, id, Number(number)));

import { servicePrincipalPatch } from "@/lib/auth";
import {
  deleteServicePrincipal,
  getServicePrincipal,
  readBody,
  updateServicePrincipal,
  withActor,
} from "@/lib/auth/server";

interface At extends Record<string, string> {
  id: string;
}

export const GET = withActor<At>(async (_request, ctx, { id }) => getServicePrincipal(ctx, id));
export const PATCH = withActor<At>(async (request, ctx, { id }) =>
  updateServicePrincipal(ctx, id, await readBody(request, servicePrincipalPatch)),
);
export const DELETE = withActor<At>(async (_request, ctx, { id }) => deleteServicePrincipal(ctx, id));

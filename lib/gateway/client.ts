import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import {
  type ConnectionInput,
  type ConnectionPatch,
  type ConnectionTest,
  connection,
  connectionTestResult,
  type InvocationReport,
  servedModel,
  system,
} from "./schema";

export const gatewayKeys = {
  models: ["gateway", "models"] as const,
  aliases: ["gateway", "aliases"] as const,
  connections: ["gateway", "connections"] as const,
  system: ["gateway", "system"] as const,
};

const nothing = z.undefined();

/** Every model that calls may name. */
export const modelsQuery = () =>
  queryOptions({
    queryKey: gatewayKeys.models,
    queryFn: ({ signal }) => fetchJson("/api/models", {}, z.array(servedModel), { signal }),
  });

/** Aliases of the registry that calls may name in a model's place. */
export const aliasesQuery = () =>
  queryOptions({
    queryKey: gatewayKeys.aliases,
    queryFn: ({ signal }) => fetchJson("/api/models/aliases", {}, z.array(servedModel), { signal }),
  });

/** The connections; base URL and last four are there for administrators only. */
export const connectionsQuery = () =>
  queryOptions({
    queryKey: gatewayKeys.connections,
    queryFn: ({ signal }) => fetchJson("/api/connections", {}, z.array(connection), { signal }),
  });

/** What the server's engine and the gateway are doing. */
export const systemQuery = () =>
  queryOptions({
    queryKey: gatewayKeys.system,
    queryFn: ({ signal }) => fetchJson("/api/system", {}, system, { signal }),
  });

export const createConnection = (input: ConnectionInput) =>
  fetchJson("/api/connections", {}, connection, { method: "POST", body: input });

/** @throws RequestError `conflict` when another version was saved meanwhile. */
export const updateConnection = (id: string, patch: ConnectionPatch) =>
  fetchJson(`/api/connections/${encodeURIComponent(id)}`, {}, connection, { method: "PATCH", body: patch });

export const deleteConnection = (id: string) =>
  fetchJson(`/api/connections/${encodeURIComponent(id)}`, {}, nothing, { method: "DELETE" });

/** Asks an upstream for its models; what it cannot answer is a value with the reason. */
export const testConnection = (input: ConnectionTest, signal?: AbortSignal) =>
  fetchJson("/api/connections/test", {}, connectionTestResult, { method: "POST", body: input, signal });

/** Notes a run of this browser: figures only, never its texts. */
export const reportInvocation = (report: InvocationReport) =>
  fetchJson("/api/invocations", {}, nothing, { method: "POST", body: report });

"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { EngineBadge } from "@/components/ui/engine-badge";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Tile, type TileStatus } from "@/components/ui/tile";
import { byteCount } from "@/lib/core";
import type { System } from "@/lib/gateway";
import { modelsQuery, systemQuery } from "@/lib/gateway/client";
import type { LocalModel, LocalModels } from "@/lib/models";
import { loadModel, localModelsQuery } from "@/lib/models/client";
import { formatLink } from "@/lib/playground/client";
import { modelPath } from "@/lib/registry/client";
import { parameterCount, tokenCount } from "./figures";
import { type ModelFilter, matches } from "./model-filter";
import { SectionHead } from "./section-head";

interface ServerModelsProps {
  filter: ModelFilter;
  /** Absent for those who may only look. */
  onDelete: ((model: LocalModel) => void) | undefined;
}

/** The models of this server: where they came from, what they take, what they are doing. */
export function ServerModels({ filter, onDelete }: ServerModelsProps) {
  const local = useQuery(localModelsQuery());
  const system = useQuery(systemQuery());
  return (
    <section aria-labelledby="on-this-server">
      <SectionHead id="on-this-server" title="On this server">
        {/* Not before the models: the shell may know the system before this part of the page is hydrated. */}
        {local.data && `${system.data ? `${engineText(system.data)} ` : ""}${roomText(local.data)}`}
      </SectionHead>
      {local.isPending ? (
        <RowsSkeleton rows={2} />
      ) : local.isError ? (
        <ErrorState title="Models could not be read" error={local.error} onRetry={local.refetch} />
      ) : (
        <Rows models={local.data.models} filter={filter} onDelete={onDelete} />
      )}
    </section>
  );
}

/** "Runs on CPU with 1 thread." */
function engineText({ engine: { device, threads } }: System): string {
  return `Runs on ${device} with ${threads} ${threads === 1 ? "thread" : "threads"}.`;
}

/** "Downloads take 1.12 GB, 61.4 GB of disk are free" */
function roomText({ models, partialBytes, freeBytes, quotaBytes }: LocalModels): string {
  const taken = models
    .filter(({ origin }) => origin !== "built-in")
    .reduce((sum, { bytes }) => sum + bytes, partialBytes);
  const limit = quotaBytes === null ? "" : ` of ${byteCount(quotaBytes)} allowed`;
  const used = taken > 0 || limit ? `Downloads take ${byteCount(taken)}${limit}, ` : "";
  return `${used}${byteCount(freeBytes)} of disk are free`;
}

function Rows({ models, filter, onDelete }: { models: readonly LocalModel[] } & ServerModelsProps) {
  const system = useQuery(systemQuery());
  const served = useQuery(modelsQuery());
  const shown = models.filter((model) => matches(model, filter));
  if (shown.length === 0) {
    return (
      <EmptyState kind="model" title={models.length === 0 ? "No models here" : "No model matches"}>
        {models.length === 0
          ? "The built-in models were not found: start the server again from a whole copy of the repository."
          : "Change the filter to see others."}
      </EmptyState>
    );
  }
  return (
    <Table label="Models on this server">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th narrow="hide">Task</Th>
          <Th narrow="hide">Runs</Th>
          <Th narrow="hide">State</Th>
          <Th end>Size</Th>
          <Th end narrow="hide">
            Context
          </Th>
          <Th end narrow="hide">
            Parameters
          </Th>
          <Th narrow="hide">Licence</Th>
          <Th narrow="hide">Source</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {shown.map((model) => (
          <Row
            key={model.name}
            model={model}
            inBrowser={served.data?.some(({ id, inBrowser }) => id === model.name && inBrowser) ?? false}
            status={system.data?.engine.models.find(({ name }) => name === model.name)}
            onDelete={onDelete}
          />
        ))}
      </tbody>
    </Table>
  );
}

type Status = System["engine"]["models"][number];

interface RowProps {
  model: LocalModel;
  inBrowser: boolean;
  status: Status | undefined;
  onDelete: ServerModelsProps["onDelete"];
}

const tasks = { chat: "Chat", embedding: "Embeddings" };

function Row({ model, inBrowser, status, onDelete }: RowProps) {
  const { name, task, description, bytes, license, context, parameters, origin } = model;
  return (
    <Tr>
      <Td title={description} className="max-w-80 truncate max-sm:w-full max-sm:max-w-0">
        <span className="inline-flex max-w-full items-center gap-2 align-middle">
          <KindIcon kind="model" />
          <Link href={modelPath(name)} className="min-w-0 truncate hover:text-accent">
            <b>{name}</b>
          </Link>
        </span>
        <span className="block truncate text-small text-fg-subtle sm:hidden">
          {tasks[task]}, {sourceText(model)}
        </span>
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {tasks[task]}
      </Td>
      <Td narrow="hide">
        <span className="flex gap-1.5">
          {inBrowser && <EngineBadge kind="browser" />}
          <EngineBadge kind="server" />
        </span>
      </Td>
      <Td narrow="hide">
        <State status={status} hasFiles={bytes > 0} />
      </Td>
      <Td end>{bytes === 0 ? "no files" : byteCount(bytes)}</Td>
      <Td end narrow="hide" className="text-fg-muted">
        {tokenCount(context)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {parameterCount(parameters)}
      </Td>
      <Td narrow="hide" className="max-w-40 truncate text-fg-muted" title={license}>
        {license}
      </Td>
      <Td
        narrow="hide"
        className="max-w-60 truncate text-fg-muted lg:max-w-80"
        title={
          model.source && `${model.source.hub}/${model.source.repository}, commit ${model.source.revision}`
        }
      >
        {sourceText(model)}
      </Td>
      <Td className="w-0">
        <RowActions>
          {task === "chat" && (
            <ButtonLink
              size="sm"
              variant="ghost"
              icon="chat"
              className="max-sm:hidden"
              href={`/playground?${formatLink([
                ...(inBrowser ? [{ engine: "browser" as const, model: name }] : []),
                { engine: "server", model: name },
              ])}`}
            >
              Playground
            </ButtonLink>
          )}
          {status?.state === "failed" && task === "chat" && <RetryButton name={name} />}
          {onDelete && origin !== "built-in" && (
            <IconButton size="sm" icon="trash" label={`Delete ${name}`} onClick={() => onDelete(model)} />
          )}
        </RowActions>
      </Td>
    </Tr>
  );
}

/** Loads a model again that had failed; what comes of it shows in its state. */
function RetryButton({ name }: { name: string }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => loadModel(name),
    onSettled: () => client.invalidateQueries({ queryKey: systemQuery().queryKey }),
  });
  return (
    <Button size="sm" variant="ghost" busy={retry.isPending} onClick={() => retry.mutate()}>
      Retry<span className="sr-only"> {name}</span>
    </Button>
  );
}

function sourceText({ origin, source }: LocalModel): string {
  if (source) return `${source.repository}@${source.revision.slice(0, 7)}`;
  return origin === "built-in" ? "built in" : "imported";
}

const marks: Record<Status["state"], [TileStatus, string]> = {
  idle: ["idle", "not loaded"],
  loading: ["live", "loading"],
  ready: ["ready", "ready"],
  failed: ["failed", "failed"],
};

/** "ready on CPU, 11 MB in memory" */
function State({ status, hasFiles }: { status: Status | undefined; hasFiles: boolean }) {
  const [tile, word] = marks[status?.state ?? (hasFiles ? "idle" : "ready")];
  const device = status?.state === "ready" && status.device ? ` on ${status.device}` : "";
  const memory = status?.memoryBytes ? `, ${byteCount(status.memoryBytes)}` : "";
  const share =
    status?.state === "loading" && status.progress ? `, ${Math.round(status.progress * 100)} %` : "";
  return (
    <span className="block max-w-72" title={status?.reason ?? status?.fallback}>
      <span className="flex items-center gap-2">
        <Tile status={tile} />
        <span className={status?.state === "failed" ? "text-danger" : "text-fg-muted"}>
          {word}
          {device}
          {memory}
          {share}
        </span>
      </span>
      {(status?.reason ?? status?.fallback) && (
        <span className="block truncate text-small text-fg-subtle">{status?.reason ?? status?.fallback}</span>
      )}
    </span>
  );
}

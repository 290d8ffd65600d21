"use client";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { EngineBadge } from "@/components/ui/engine-badge";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import type { ServedModel } from "@/lib/gateway";
import { formatLink, type ModelRef } from "@/lib/playground/client";
import { modelPath } from "@/lib/registry/client";
import { parameterCount, tokenCount } from "./figures";

export function ModelTable({ models }: { models: readonly ServedModel[] }) {
  return (
    <Table label="Models">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Runs</Th>
          <Th narrow="hide">Task</Th>
          <Th end narrow="hide">
            Context
          </Th>
          <Th end narrow="hide">
            Parameters
          </Th>
          <Th narrow="hide">Licence</Th>
          <Th narrow="hide">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </tbody>
    </Table>
  );
}

const tasks = { chat: "Chat", embedding: "Embeddings" };

function ModelRow({ model }: { model: ServedModel }) {
  return (
    <Tr>
      <Td title={model.description} className="max-w-100 truncate">
        <span className="inline-flex max-w-full items-center gap-2 align-middle">
          <KindIcon kind={model.connection ? "connection" : "model"} />
          <ModelName model={model} />
        </span>
        <span className="block truncate text-small text-fg-subtle sm:hidden">
          {tasks[model.task]}
          {model.parameters ? `, ${parameterCount(model.parameters)} parameters` : ""}
        </span>
      </Td>
      <Td>
        <span className="flex gap-1.5">
          {model.inBrowser && <EngineBadge kind="browser" />}
          {model.engine === "server" ? (
            <EngineBadge kind="server" />
          ) : (
            <EngineBadge kind="remote" device={model.connection} />
          )}
        </span>
      </Td>
      <Td narrow="hide">{tasks[model.task]}</Td>
      <Td end narrow="hide" className="text-fg-muted">
        {tokenCount(model.context)}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {parameterCount(model.parameters)}
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {model.license ?? "unknown"}
      </Td>
      <Td end narrow="hide">
        {model.task === "chat" && (
          <RowActions>
            <ButtonLink
              size="sm"
              variant="ghost"
              icon="chat"
              href={`/playground?${formatLink(enginesOf(model))}`}
            >
              Open in playground
            </ButtonLink>
          </RowActions>
        )}
      </Td>
    </Tr>
  );
}

/** A name of a connection's model: the connection subtle, the model itself strong. */
function ModelName({ model }: { model: ServedModel }) {
  const prefix = model.connection ? `${model.connection}/` : "";
  return (
    <Link href={modelPath(model.id)} className="truncate hover:text-accent">
      {prefix && <span className="text-fg-subtle">{prefix}</span>}
      <b>{model.id.slice(prefix.length)}</b>
    </Link>
  );
}

/** Every place it runs, side by side. */
function enginesOf(model: ServedModel): ModelRef[] {
  const served: ModelRef = { engine: model.engine, model: model.id };
  return model.inBrowser ? [{ engine: "browser", model: model.id }, served] : [served];
}

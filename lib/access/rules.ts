import { isPersonal, isSchemaKind, type Kind } from "./kinds";
import { applicableMask, bitOf, type Privilege, privileges } from "./privileges";

/** What can be asked: a privilege, or whether one may give rights on the object to others. */
export type Question = Privilege | "GRANT" | "GRANT EXTERNAL USE SCHEMA";

/** Where a condition looks: the object itself or one of the containers it lies in. */
export type Level = "object" | "schema" | "catalog" | "metastore";

export type Atom =
  | { is: "owner"; of: Level }
  /** Granted there or above, to the principal or one of its groups. */
  | { is: "granted"; privilege: Privilege; on: Level }
  /** Any privilege that has a meaning on the object. */
  | { is: "anyGranted" }
  | { is: "signedIn" };

export type Rule = Atom | { all: readonly Rule[] } | { some: readonly Rule[] };

const owner = (of: Level): Rule => ({ is: "owner", of });
const granted = (privilege: Privilege, on: Level = "object"): Rule => ({ is: "granted", privilege, on });
const all = (...rules: Rule[]): Rule => ({ all: rules });
const some = (...rules: Rule[]): Rule => ({ some: rules });
const anyGranted: Rule = { is: "anyGranted" };
const signedIn: Rule = { is: "signedIn" };

const useCatalog = some(granted("USE CATALOG", "catalog"), owner("catalog"));
const useSchema = some(granted("USE SCHEMA", "schema"), owner("schema"));
const isOwner = owner("object");

/** Owning a container lets one manage what is inside; it does not let one read it. */
function inSchemaRule(kind: Kind, question: Question): Rule | undefined {
  const managesContainer = [owner("catalog"), all(owner("schema"), useCatalog)];
  const manage = some(all(useCatalog, useSchema, some(granted("MANAGE"), isOwner)), ...managesContainer);
  switch (question) {
    case "BROWSE":
      return some(
        all(useCatalog, useSchema, some(anyGranted, isOwner)),
        granted("BROWSE"),
        ...managesContainer,
        owner("metastore"),
      );
    case "MANAGE":
      return manage;
    case "GRANT":
      return some(manage, owner("metastore"));
    case "MODIFY":
      return all(
        useCatalog,
        useSchema,
        // What may be changed may also be read; a prompt is read by EXECUTE.
        some(all(granted(kind === "prompt" ? "EXECUTE" : "SELECT"), granted("MODIFY")), isOwner),
      );
    case "GRANT EXTERNAL USE SCHEMA":
    case "ALL PRIVILEGES":
      return undefined;
    default:
      return all(useCatalog, useSchema, some(granted(question), isOwner));
  }
}

function schemaRule(question: Question): Rule | undefined {
  const manage = some(
    all(useCatalog, some(granted("MANAGE"), isOwner)),
    owner("catalog"),
    owner("metastore"),
  );
  switch (question) {
    case "BROWSE":
      return some(
        all(useCatalog, some(anyGranted, isOwner)),
        granted("BROWSE"),
        owner("catalog"),
        owner("metastore"),
      );
    case "MANAGE":
    case "GRANT":
      return manage;
    case "GRANT EXTERNAL USE SCHEMA":
      return owner("catalog");
    case "USE SCHEMA":
      return all(useCatalog, useSchema);
    case "EXTERNAL USE SCHEMA":
      return all(useCatalog, useSchema, granted("EXTERNAL USE SCHEMA"));
    case "APPLY TAG":
      return all(useCatalog, useSchema, some(granted("APPLY TAG"), isOwner));
    case "ALL PRIVILEGES":
      return undefined;
    default:
      return question.startsWith("CREATE ")
        ? all(useCatalog, some(all(useSchema, granted(question)), isOwner))
        : all(useCatalog, useSchema, granted(question));
  }
}

function catalogRule(question: Question): Rule | undefined {
  switch (question) {
    case "BROWSE":
      return some(anyGranted, isOwner, owner("metastore"));
    case "MANAGE":
    case "GRANT":
      return some(granted("MANAGE"), isOwner, owner("metastore"));
    case "GRANT EXTERNAL USE SCHEMA":
      return isOwner;
    case "USE CATALOG":
      return useCatalog;
    case "CREATE SCHEMA":
      return some(all(useCatalog, granted("CREATE SCHEMA")), isOwner);
    case "APPLY TAG":
      return all(useCatalog, some(granted("APPLY TAG"), isOwner));
    case "ALL PRIVILEGES":
      return undefined;
    default:
      return all(useCatalog, granted(question));
  }
}

function metastoreRule(question: Question): Rule | undefined {
  if (question === "BROWSE") return signedIn;
  if (question === "GRANT") return some(granted("MANAGE"), isOwner);
  if (question === "GRANT EXTERNAL USE SCHEMA" || question === "ALL PRIVILEGES") return undefined;
  return some(granted(question), isOwner);
}

function connectionRule(question: Question): Rule | undefined {
  switch (question) {
    case "BROWSE":
      return some(anyGranted, isOwner, owner("metastore"));
    case "MANAGE":
    case "GRANT":
      return some(granted("MANAGE"), isOwner, owner("metastore"));
    case "USE CONNECTION":
    case "APPLY TAG":
      return some(granted(question), isOwner);
    default:
      return undefined;
  }
}

/** What belongs to one person: nobody else reads it, and administrators end keys and sessions. */
function personalRule(kind: Kind, question: Question): Rule | undefined {
  if (kind === "playground") {
    switch (question) {
      case "BROWSE":
        return some(anyGranted, isOwner);
      case "SELECT":
        return some(granted("SELECT"), isOwner);
      case "MODIFY":
        return some(all(granted("SELECT"), granted("MODIFY")), isOwner);
      case "MANAGE":
      case "GRANT":
        return isOwner;
      default:
        return undefined;
    }
  }
  if (question !== "BROWSE" && question !== "MANAGE") return undefined;
  // Whoever has a snapshot's link may read it: the id cannot be guessed, and no list shows another's.
  if (kind === "snapshot" && question === "BROWSE") return signedIn;
  if (kind === "user" && question === "MANAGE") return owner("metastore");
  if (kind === "audit-search") return isOwner;
  return some(isOwner, owner("metastore"));
}

function makeRule(kind: Kind, question: Question): Rule | undefined {
  if (isSchemaKind(kind)) return inSchemaRule(kind, question);
  switch (kind) {
    case "metastore":
      return metastoreRule(question);
    case "catalog":
      return catalogRule(question);
    case "schema":
      return schemaRule(question);
    case "connection":
      return connectionRule(question);
    default:
      return personalRule(kind, question);
  }
}

function hasMeaning(kind: Kind, question: Question): boolean {
  if (question === "GRANT" || question === "GRANT EXTERNAL USE SCHEMA" || question === "BROWSE") return true;
  return (isPersonal(kind) && question === "MANAGE") || (applicableMask(kind) & bitOf(question)) !== 0;
}

const made = new Map<string, Rule | null>();

/**
 * The condition under which a question about an object of that kind is answered yes, or null for never.
 * One formula with three readings: it decides, it is explained, and it becomes SQL for lists.
 * The rules are those of Unity Catalog (its documentation of privileges, and the expressions its open
 * server checks), with kinds it does not have treated as functions or tables are.
 */
export function ruleFor(kind: Kind, question: Question): Rule | null {
  const key = `${kind} ${question}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const rule = hasMeaning(kind, question) ? (makeRule(kind, question) ?? null) : null;
  made.set(key, rule);
  return rule;
}

/** Everything that can be asked of that kind and may be answered yes. */
export function questionsOf(kind: Kind): Privilege[] {
  return privileges.filter((privilege) => ruleFor(kind, privilege) !== null);
}

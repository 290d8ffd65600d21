import type { Privilege } from "@/lib/access";
import { applyGrants, reloadPolicy } from "@/lib/access/server";
import { keyHash, makeKey, readKey } from "@/lib/auth/key-format";
import type { Role } from "@/lib/auth/schema";
import type { Context } from "@/lib/auth/server";
import { forgetVerifiedKeys } from "@/lib/auth/service/key-check";
import { makeSessionToken, sessionCookieName, sessionSeconds } from "@/lib/auth/session-token";
import { newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import { testDatabase } from "./database";
import "./settings";

interface PersonOptions {
  role?: Role;
  email?: string;
  name?: string;
}

/** A further person in the current test database, signed in. */
export async function anotherContext(options: PersonOptions = {}): Promise<Context> {
  const { role = "member", name = "Ana Test" } = options;
  const { prisma } = await db();
  const id = newId("usr");
  const email = options.email ?? `${id.toLowerCase()}@example.org`;
  await prisma.user.create({ data: { id, email, name, role } });
  await reloadPolicy();
  const sessionId = newId("ses");
  await prisma.session.create({
    data: {
      id: sessionId,
      userId: id,
      ip: "127.0.0.1",
      userAgent: "test",
      expiresAt: new Date(Date.now() + sessionSeconds * 1000),
    },
  });
  return {
    actor: { userId: id, kind: "person", email, name, role, sessionId },
    requestId: newId("req"),
    ip: "127.0.0.1",
    userAgent: "test",
    signal: new AbortController().signal,
  };
}

/** A signed-in person over a fresh test database. */
export async function testContext(options: PersonOptions = {}): Promise<Context> {
  await testDatabase();
  forgetVerifiedKeys();
  return anotherContext(options);
}

/** A working API key of the context's person. */
export async function testKey(ctx: Context, options: { expiresAt?: Date } = {}): Promise<string> {
  const key = makeKey();
  const read = readKey(key);
  if ("wrong" in read) throw new Error("makeKey made a key that readKey refuses");
  const { prisma } = await db();
  await prisma.apiKey.create({
    data: {
      id: read.id,
      ownerId: ctx.actor.userId,
      name: "test",
      hash: new Uint8Array(keyHash(key)),
      expiresAt: options.expiresAt ?? null,
    },
  });
  return key;
}

/** The Cookie header of the context's session. */
export async function cookieOf(ctx: Context): Promise<string> {
  const { userId, sessionId } = ctx.actor;
  if (!sessionId) throw new Error("This context has no session");
  return `${sessionCookieName()}=${await makeSessionToken({ userId, sessionId })}`;
}

interface RequestOptions {
  method?: string;
  body?: unknown;
  /** Sends this person's session cookie, as their browser would. */
  as?: Context;
  key?: string;
  headers?: Record<string, string>;
}

/** A request as the server in front hands it to a route: from our own page when a cookie is sent. */
export async function apiRequest(path: string, options: RequestOptions = {}): Promise<Request> {
  const { body, as, key } = options;
  const headers = new Headers({
    "x-tessera-remote": "127.0.0.1",
    "x-request-id": newId("req"),
    "user-agent": "test",
  });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (key) headers.set("authorization", `Bearer ${key}`);
  if (as) {
    headers.set("cookie", await cookieOf(as));
    headers.set("origin", "http://127.0.0.1:3000");
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  return new Request(`http://127.0.0.1:3000${path}`, {
    method: options.method ?? (body === undefined ? "GET" : "POST"),
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** Grants privileges past the services, as an administrator would; `all_users` is everybody. */
export async function grantTo(
  principalId: string,
  securableId: string,
  ...privileges: Privilege[]
): Promise<void> {
  const database = await db();
  await database.write((tx) =>
    applyGrants(tx, securableId, [{ principalId, add: privileges, remove: [] }], "admins"),
  );
}

import type { Role } from "@/lib/auth";

export const roleNames: Record<Role, string> = { admin: "Administrator", member: "Member" };

export const roleOptions = [
  { value: "member", label: roleNames.member, detail: "runs models, own keys" },
  { value: "admin", label: roleNames.admin, detail: "also people and connections" },
];

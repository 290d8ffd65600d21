"use client";
import { PageTabs } from "@/components/ui/page-tabs";

const places = [
  { href: "/people", label: "People" },
  { href: "/people/groups", label: "Groups" },
  { href: "/people/service-principals", label: "Service principals" },
  { href: "/people/keys", label: "Keys" },
  { href: "/people/sessions", label: "Sessions" },
  { href: "/people/sso", label: "Single sign-on" },
] as const;

/** The pages on who may act here. */
export function PeopleTabs() {
  return <PageTabs label="Principals" tabs={places} />;
}

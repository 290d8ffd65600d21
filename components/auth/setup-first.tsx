import { CodeBlock } from "@/components/ui/code-block";
import { Note } from "@/components/ui/note";
import { Door } from "./door";

/** Nobody has an account yet: only the printed link leads in. */
export function SetupFirst() {
  return (
    <Door
      title="Not set up yet"
      lead="The first administrator is made with the link that was printed when Tessera started."
    >
      <div className="grid gap-3">
        <p>Look into the terminal or the log of the server for this line and open the address in it:</p>
        <CodeBlock code="Set it up here, once: http://…/setup#token=…" label="line" wrap />
        <Note>
          The link is new after each start until it is used. For a start without anybody at the screen, set
          ADMIN_EMAIL and ADMIN_PASSWORD.
        </Note>
      </div>
    </Door>
  );
}

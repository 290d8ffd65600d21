import { main } from "@/scripts/cli";

process.exitCode = await main(process.argv.slice(2), process.cwd());

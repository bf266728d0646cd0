/** What a connection file says. */
export interface ConnectionFile {
  readonly ip: string;
  readonly transport: "tcp";
  readonly key: string;
  readonly signature_scheme: "hmac-sha256";
  readonly kernel_name: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

const IP = "127.0.0.1";
const PORTS = 5;

/** Below the ranges from which systems take ports for outgoing connections. */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/** Blocks of ports that kernels of this process use. */
const taken = new Set<number>();

/**
 * Chooses five free ports and a key for one kernel.
 *
 * Another program can still take one of the ports before the kernel does: then the kernel ends, and
 * whoever starts it tries again.
 *
 * @returns The content of a connection file; {@link releasePorts} gives the ports back.
 */
export function choosePorts(): ConnectionFile {
  const blocks = Math.floor((HIGHEST - LOWEST) / PORTS);
  for (let attempt = 0; attempt < 200; attempt++) {
    const first = LOWEST + PORTS * Math.floor(Math.random() * blocks);
    if (taken.has(first) || !isFree(first)) continue;
    taken.add(first);
    return {
      ip: IP,
      transport: "tcp",
      key: crypto.randomUUID(),
      signature_scheme: "hmac-sha256",
      kernel_name: "deno",
      shell_port: first,
      iopub_port: first + 1,
      stdin_port: first + 2,
      control_port: first + 3,
      hb_port: first + 4,
    };
  }
  throw new Error(`No five free ports in a row were found between ${LOWEST} and ${HIGHEST}`);
}

/** Lets other kernels have the ports. */
export function releasePorts(connection: ConnectionFile): void {
  taken.delete(connection.shell_port);
}

function isFree(first: number): boolean {
  for (let port = first; port < first + PORTS; port++) {
    try {
      Deno.listen({ hostname: IP, port }).close();
    } catch (error) {
      if (error instanceof Deno.errors.AddrInUse) return false;
      throw error;
    }
  }
  return true;
}

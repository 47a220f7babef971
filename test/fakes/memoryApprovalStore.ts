import type { Json } from '../../src/core/domain/json.ts';
import type { ApprovalStore } from '../../src/core/ports/compileApprovals.ts';

/** Keeps what was said yes to in memory. */
export class MemoryApprovalStore implements ApprovalStore {
  kept: Json | undefined;

  read(): Json | undefined {
    return this.kept;
  }

  write(approvals: Json | undefined): void {
    this.kept = approvals;
  }
}

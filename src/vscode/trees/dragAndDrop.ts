import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { TreeNode } from './treeItem.ts';

/** Dragging rows of objects, and dropping files and objects on buckets and folders. Loaded when something is dragged. */
export function storageDragAndDrop(services: Services): vscode.TreeDragAndDropController<TreeNode> {
  return {
    dragMimeTypes: ['text/uri-list'],
    dropMimeTypes: ['text/uri-list', 'files'],
    async handleDrag(rows, dragged) {
      const { addresses, draggedAddresses } = await import('../objects/dragObjects.ts');
      const targets = rows.map(({ target }) => target).filter((target) => target?.key);
      const text = draggedAddresses(targets, services.connections.active);
      if (text !== '') dragged.set(addresses, new vscode.DataTransferItem(text));
    },
    async handleDrop(row, dropped) {
      const { drop } = await import('../objects/dragObjects.ts');
      await drop(services, row?.target, dropped);
    },
  };
}

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gate, startGate } from '../../../servers/dex/server.ts';
import type { KfpServer } from '../../../servers/kfp/server.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

/** Connections that are added, signed in, checked, protected, and allowed. */
export function connectingCases(suite: Suite, server: KfpServer): void {
  describe('a server behind a sign-in', () => {
    let gate: Gate;
    beforeAll(async () => {
      gate = await startGate({ upstream: server.address });
      await suite.startOver();
    }, startMs);
    afterAll(() => gate.close());

    it('is added from its address, with a password that is tried first', async () => {
      const { quickInput, dialogs, notifications } = suite.workbench;
      await suite.workbench.runCommand('MLOps: Add connection…');
      await quickInput.pick('From an address');
      await quickInput.answerTo('The address of a port-forward', gate.address);
      await quickInput.pick('User and password');
      await quickInput.answerTo('Your user name', 'user@example.com');
      await quickInput.answerTo('Your password', 'wrong');
      const { message, detail } = await dialogs.wait();
      expect(message).toMatch(/^Something is wrong with the sign-in of /);
      expect(detail).toContain('does not accept the password of user@example.com');
      await shot(suite.workbench, 'connection-wrong-password');
      await dialogs.press('Change it');
      await quickInput.pick('User and password');
      await quickInput.answerTo('Your user name', 'user@example.com');
      await expect.poll(() => quickInput.question()).toContain('Your password');
      await shot(suite.workbench, 'connection-password');
      await quickInput.answer('12341234');
      await quickInput.titled('The name of the connection');
      await quickInput.answer('Behind');
      await notifications.wait('Behind was added.');
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      // The list shows only as many rows as it has room for.
      await tree.pressTitle('Collapse All');
      await tree.expand('Behind');
      await expect.poll(() => tree.rowsWith('iris-train').count()).toBe(1);
      await shot(suite.workbench, 'connection-added');
    });

    it('is signed in to anew once its session has ended', async () => {
      const { chat } = suite.workbench;
      const before = gate.passwords.length;
      gate.expire();
      await chat.say('@mlops list runs on Behind');
      expect(await chat.waitForAnswer(runMs)).toContain('On Behind:');
      expect(gate.passwords.length).toBe(before + 1);
    });

    it('is signed out of, and in to again', async () => {
      const { chat, notifications, quickInput } = suite.workbench;
      const before = gate.passwords.length;
      await suite.workbench.runCommand('MLOps: Sign out');
      await quickInput.pick('Behind');
      await notifications.wait('You are signed out of Behind.');
      await chat.say('@mlops list runs on Behind');
      expect(await chat.waitForAnswer(runMs)).toContain('You are not signed in to Behind.');
      expect(gate.passwords.length).toBe(before);
      await suite.workbench.runCommand('MLOps: Sign in');
      await quickInput.pick('Behind');
      await quickInput.pick('User and password');
      await quickInput.answerTo('Your user name', 'user@example.com');
      await quickInput.answerTo('Your password', '12341234');
      await notifications.wait('You are signed in to Behind.');
    });

    it('is checked by a sentence, and by a command that says what is wrong', async () => {
      const { chat, dialogs, quickInput } = suite.workbench;
      await chat.say('@mlops check the connection on Behind');
      expect(await chat.waitForAnswer(runMs)).toMatch(
        /Behind works\.[\s\S]*sign-in: It works \(user and password\)/,
      );
      await shot(suite.workbench, 'connection-checked');
      await gate.close();
      await suite.workbench.runCommand('MLOps: Check connection');
      await quickInput.pick('Behind');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe('Something is wrong with the address of Behind.');
      expect(detail).toContain('check that the server runs');
      await shot(suite.workbench, 'connection-doctor');
      await dialogs.cancel();
    });

    it('is removed after asking', async () => {
      const { dialogs, quickInput } = suite.workbench;
      await suite.workbench.runCommand('MLOps: Remove connection');
      await quickInput.pick('Behind');
      expect((await dialogs.wait()).message).toBe('Remove the connection Behind?');
      await dialogs.press('Remove');
      const tree = suite.workbench.tree('Pipelines');
      await expect.poll(() => tree.rowsWith('Behind').count()).toBe(0);
    });
  });

  describe('a connection that is read-only', () => {
    it('refuses a run before anything is asked', async () => {
      const { chat } = suite.workbench;
      await chat.say('@mlops run iris on Production');
      expect(await chat.waitForAnswer(runMs)).toContain('The connection Production is read-only.');
      await shot(suite.workbench, 'connection-read-only');
    });
  });

  describe('a connection of the workspace', () => {
    let theirs: Gate;
    beforeAll(async () => {
      theirs = await startGate({ upstream: server.address });
    });
    afterAll(() => theirs.close());

    it('is contacted after a yes to its address, and not before', async () => {
      const { dialogs } = suite.workbench;
      const folder = path.join(suite.place.workspace, '.vscode');
      fs.mkdirSync(folder, { recursive: true });
      const rows = [{ name: 'Shared', kind: 'kubeflow', endpoint: theirs.address }];
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'mlops.connections': rows }));
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await tree.pressTitle('Collapse All');
      await tree.row(/Shared\W*not allowed yet/).waitFor({ timeout: runMs });
      await tree.expand('Shared');
      await tree.row('Not allowed yet: Shared').waitFor();
      expect(theirs.calls).toEqual([]);
      await shot(suite.workbench, 'connection-waits');
      await tree.press('Shared', 'Allow connection');
      expect((await dialogs.wait()).message).toBe(`Connect to Shared at ${theirs.address}?`);
      await shot(suite.workbench, 'connection-allow');
      await dialogs.press('Connect');
      await expect.poll(() => theirs.calls.length).toBeGreaterThan(0);
      await tree.row('Shared asks for a sign-in').waitFor();
    });
  });
}

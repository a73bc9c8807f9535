/** Ground of a random world: the two Jiras on which it stands. Memory is quick, the emulator is strict. */
import type { Contract } from '#core/model/contract';
import { virtualClock } from '../../support/virtual-clock';
import type { Setting } from '../setting';
import type { Side, World } from '../world';
import { emulatedContract, emulatedFacts } from './emulated-facts';
import { emulatedJira } from './emulated-jira';
import { emulatedPlace } from './emulated-place';
import { simAcme, simGlobex } from './facts';
import { memoryPlace } from './memory-place';
import type { Place } from './place';
import type { Plan } from './plan';
import { slots } from './slots';
import { bindingsOf } from './terms';

export interface Ground {
  setting: Setting;
  place(side: Side): Place;
  /** Before anything happens: how much later what was made is found. */
  start(world: World, plan: Plan): void;
}

export function memoryGround(contract: Contract): Ground {
  const bindings: Setting['bindings'] = (facts) => bindingsOf(contract, facts);
  return {
    setting: { acme: simAcme, globex: simGlobex, contract, bindings },
    place: memoryPlace,
    start: ({ acme, globex }, { indexLagMs }) => {
      for (const { site } of [acme, globex]) site.indexLagMs = indexLagMs;
    },
  };
}

export async function emulatedGround(seed: number, rich: Contract): Promise<Ground> {
  // The sites are made before the world is: their time follows its clock as soon as there is one.
  let clock = virtualClock();
  const now = () => clock.now();
  const jiras = { acme: emulatedJira('acme', seed, now), globex: emulatedJira('globex', seed + 1, now) };
  const acme = await emulatedFacts('acme', jiras.acme);
  const globex = await emulatedFacts('globex', jiras.globex);
  const has = (id: string) => slots.some((slot) => slot.id === id && slot.fieldId(acme) !== '');
  const contract = emulatedContract(rich, has);
  return {
    setting: {
      acme,
      globex,
      contract,
      bindings: (facts) => bindingsOf(contract, facts),
      jira: (name, worldClock) => {
        clock = worldClock;
        return jiras[name];
      },
    },
    place: (side) => emulatedPlace(side, jiras[side.name]),
    start: (_world, { indexLagMs }) => {
      for (const { jira } of Object.values(jiras)) jira.setIndexLag(indexLagMs);
    },
  };
}

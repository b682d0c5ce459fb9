import { Command } from 'commander'
import { StartError } from '../platform/config.ts'
import { VERSION } from '../start.ts'
import { addBackup } from './backup.ts'
import { addDoctor } from './doctor.ts'
import { addAreas } from './areas.ts'
import { addCatalogue } from './catalogue.ts'
import { addGrid } from './grid.ts'
import { addImport } from './import.ts'
import { addOpen311Key } from './open311-key.ts'
import { CommandError, fail } from './output.ts'
import { addReplay } from './replay.ts'
import { addRestore } from './restore.ts'
import { addStart } from './start-command.ts'
import { addVerify } from './verify.ts'

const program = new Command('linli')
  .description('Linli 邻里: a city hears what is wrong, gets it put right, and gives people what they are entitled to')
  .version(VERSION)
for (const add of [addStart, addImport, addGrid, addAreas, addCatalogue, addReplay, addVerify, addBackup, addRestore, addDoctor, addOpen311Key]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof StartError || error instanceof CommandError) fail(error.code, error.message)
  else {
    console.error(error)
    fail('INTERNAL', error instanceof Error ? error.message : String(error))
  }
}

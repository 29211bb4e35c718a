import { ApiProperty } from '@nestjs/swagger';

/** How the answer to a command looks in the description of the interface. */
export class CommandAnswerBody {
  @ApiProperty({ type: String, format: 'uuid', example: '0190a5e2-7a3e-7c41-9d2f-3b1c5e8f7a10' })
  id!: string;

  @ApiProperty({ type: String, description: 'What the customer is told', example: 'C-7Q2M-04XN-9KTB' })
  reference!: string;

  @ApiProperty({ type: Number, description: 'Of the last event; send it as If-Match to pin it', example: 3 })
  revision!: number;

  @ApiProperty({
    type: String,
    description: 'Send it as Consistency-Token to a query that has to see this',
    example: '00000000000000001234-00000000000000001234',
  })
  position!: string;

  @ApiProperty({ type: [String], example: ['ComplaintRouted'] })
  events!: string[];
}
